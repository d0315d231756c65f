# make check is what every commit passes; make test is the README's second command.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.1

.PHONY: check format vet staticcheck race test build

check: format vet staticcheck race

format:
	@test -z "$$(gofmt -l .)" || { echo "gofmt these:"; gofmt -l .; exit 1; }

vet:
	go vet ./...

staticcheck:
	go run $(STATICCHECK) ./...

race:
	go test -race -timeout 40m ./...

test:
	go test ./...

build:
	go build -o vpcq ./cmd/vpcq
