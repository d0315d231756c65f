# make check is what every commit passes; make test is the README's second command.
STATICCHECK = honnef.co/go/tools/cmd/staticcheck@v0.8.1

.PHONY: check format vet staticcheck race test build bench

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

# The table of the README, then the parts of a scan one by one. BENCH=DIR keeps
# the logs that are made (1 GB of text) for the next time.
bench:
	go run ./examples/bench $(if $(BENCH),-dir $(BENCH))
	go test -run '^$$' -bench . -benchmem ./engine/loader/... ./partitions
	go test -run '^$$' -bench Seam ./engine/duckdb
