package dialect

import (
	"math/big"
	"math/rand/v2"
	"testing"
	"time"
)

func TestFoldArithmeticAgreesWithGo(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		x, y := r.Int64N(2001)-1000, r.Int64N(2001)-1000
		left, right := new(big.Rat).SetInt64(x), new(big.Rat).SetInt64(y)
		want := map[Operator]int64{Add: x + y, Subtract: x - y, Multiply: x * y}
		if y != 0 {
			want[Divide], want[Modulus] = x/y, x%y
		}
		for op, n := range want {
			got, ok := foldArithmetic(op, left, right, bigintType).(*big.Rat)
			if !ok || got.Cmp(new(big.Rat).SetInt64(n)) != 0 {
				t.Fatalf("%d %s %d folds to %v, want %d", x, op, y, got, n)
			}
		}
	}
}

func TestFoldLeavesFaultsToTheBackEnd(t *testing.T) {
	one, zero, most := big.NewRat(1, 1), new(big.Rat), new(big.Rat).SetInt64(1<<31-1)
	for _, got := range []any{
		foldArithmetic(Divide, one, zero, integerType),
		foldArithmetic(Modulus, one, zero, integerType),
		foldArithmetic(Add, most, one, integerType),
		foldArithmetic(Divide, one, one, decimalType(5, 2)),
		foldArithmetic(Add, one, "x", integerType),
	} {
		if got != nil {
			t.Errorf("folds to %v, want nothing", got)
		}
	}
}

func TestShiftDayAgreesWithTime(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		day, n := dayValue(r.Int64N(40000)), r.Int64N(4000)-2000
		if got, want := shiftDay(day, microSpan(n*microsPerDay)), day+dayValue(n); got != want {
			t.Fatalf("%v + %d days = %v, want %v", day, n, got, want)
		}
		months := int(n % 100)
		shifted := shiftDay(day, monthSpan(months)).(dayValue).time()
		from := day.time()
		first := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
		if shifted.Year() != first.Year() || shifted.Month() != first.Month() || shifted.Day() > from.Day() {
			t.Fatalf("%v + %d months = %v", from, months, shifted)
		}
		if shifted.Day() < from.Day() && shifted.AddDate(0, 0, 1).Day() != 1 {
			t.Fatalf("%v + %d months = %v, which is not the month's last day", from, months, shifted)
		}
	}
}

func TestShiftDayOfPartOfADay(t *testing.T) {
	if got := shiftDay(0, microSpan(1)); got != nil {
		t.Errorf("a date and a microsecond fold to %v, want nothing", got)
	}
}

func TestTruncatedIsTheLatestBeginning(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		at := time.UnixMilli(r.Int64N(4e12)).UTC()
		for i, unit := range units {
			begin := truncated(at, i)
			if begin.After(at) || !truncated(begin, i).Equal(begin) {
				t.Fatalf("the %s of %v begins %v", unit.name, at, begin)
			}
		}
		if week := truncated(at, 5); week.Weekday() != time.Monday || at.Sub(week) >= 7*24*time.Hour {
			t.Fatalf("the week of %v begins %v", at, week)
		}
	}
}

func TestRoundMicros(t *testing.T) {
	tests := []struct {
		micros    int64
		precision int
		want      int64
	}{{1_234_567, 3, 1_235_000}, {1_234_499, 3, 1_234_000}, {1_500_000, 0, 2_000_000}, {-1_500_000, 0, -1_000_000}, {-1_600_000, 0, -2_000_000}, {7, 6, 7}}
	for _, test := range tests {
		if got := roundMicros(test.micros, test.precision); got != test.want {
			t.Errorf("roundMicros(%d, %d) = %d, want %d", test.micros, test.precision, got, test.want)
		}
	}
}
