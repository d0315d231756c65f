package dialect

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// timeField is a field of a date or time that a pattern prints or reads, as
// Joda-Time has them.
type timeField uint8

// The fields in the order in which a text's values are put together: those of
// the widest range first, as Joda-Time sorts them.
const (
	eraField timeField = iota
	centuryField
	yearField
	weekYearField
	yearOfEraField
	monthField
	weekField
	dayOfYearField
	dayOfMonthField
	dayOfWeekField
	halfDayField
	hourField
	clockHourField       // 1 to 24
	hourOfHalfField      // 0 to 11
	clockHourOfHalfField // 1 to 12
	minuteField
	secondField
	milliField
)

// fieldNames are the names that errors have for the fields.
var fieldNames = [...]string{"era", "centuryOfEra", "year", "weekyear", "yearOfEra", "monthOfYear", "weekOfWeekyear", "dayOfYear", "dayOfMonth",
	"dayOfWeek", "halfdayOfDay", "hourOfDay", "clockhourOfDay", "hourOfHalfday", "clockhourOfHalfday", "minuteOfHour", "secondOfMinute", "millisOfSecond"}

// value returns the field of a wall-clock time.
func (f timeField) value(at time.Time) int {
	switch f {
	case eraField:
		return btoi(at.Year() > 0)
	case centuryField:
		return yearOfEra(at) / 100
	case yearField:
		return at.Year()
	case weekYearField:
		year, _ := at.ISOWeek()
		return year
	case yearOfEraField:
		return yearOfEra(at)
	case monthField:
		return int(at.Month())
	case weekField:
		_, week := at.ISOWeek()
		return week
	case dayOfYearField:
		return at.YearDay()
	case dayOfMonthField:
		return at.Day()
	case dayOfWeekField:
		return (int(at.Weekday())+6)%7 + 1
	}
	return f.clockValue(at)
}

// clockValue is value for the fields of the time of day.
func (f timeField) clockValue(at time.Time) int {
	switch f {
	case halfDayField:
		return at.Hour() / 12
	case hourField:
		return at.Hour()
	case clockHourField:
		return (at.Hour()+23)%24 + 1
	case hourOfHalfField:
		return at.Hour() % 12
	case clockHourOfHalfField:
		return (at.Hour()+11)%12 + 1
	case minuteField:
		return at.Minute()
	case secondField:
		return at.Second()
	}
	return at.Nanosecond() / 1e6
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func yearOfEra(at time.Time) int {
	if year := at.Year(); year <= 0 {
		return 1 - year
	} else {
		return year
	}
}

// farthestYear is the last year of Joda-Time's calendar, of either sign.
const farthestYear = 292_278_993

// limits returns the least and the most that the field may be set to at a time.
func (f timeField) limits(at time.Time) (least, most int) {
	switch f {
	case eraField, halfDayField:
		return 0, 1
	case centuryField:
		return 0, farthestYear / 100
	case yearField, weekYearField:
		return -farthestYear, farthestYear
	case yearOfEraField:
		return 1, farthestYear
	case monthField, clockHourOfHalfField:
		return 1, 12
	case weekField:
		year, _ := at.ISOWeek()
		_, weeks := dateOf(year, time.December, 28).ISOWeek()
		return 1, weeks
	case dayOfYearField:
		return 1, dateOf(at.Year(), time.December, 31).YearDay()
	case dayOfMonthField:
		return 1, dateOf(at.Year(), at.Month()+1, 0).Day()
	case dayOfWeekField:
		return 1, 7
	case hourField:
		return 0, 23
	case clockHourField:
		return 1, 24
	case hourOfHalfField:
		return 0, 11
	case milliField:
		return 0, 999
	}
	return 0, 59
}

func dateOf(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// set returns the time with another value of the field, which is within its limits.
func (f timeField) set(at time.Time, value int) time.Time {
	change := value - f.value(at)
	switch f {
	case eraField:
		if change != 0 {
			return addMonths(at, 12*(1-2*at.Year()))
		}
	case centuryField:
		return addMonths(at, 12*100*change)
	case yearField:
		return addMonths(at, 12*change)
	case yearOfEraField:
		if at.Year() <= 0 {
			change = -change
		}
		return addMonths(at, 12*change)
	case weekYearField:
		_, week := at.ISOWeek()
		weekday := dayOfWeekField.value(at)
		monday := weekStart(dateOf(value, time.January, 4))
		return monday.AddDate(0, 0, 7*(week-1)+weekday-1).Add(at.Sub(dateOf(at.Year(), at.Month(), at.Day())))
	case monthField:
		return addMonths(at, change)
	case weekField:
		return at.AddDate(0, 0, 7*change)
	case dayOfYearField, dayOfMonthField, dayOfWeekField:
		return at.AddDate(0, 0, change)
	case halfDayField:
		return at.Add(12 * time.Hour * time.Duration(change))
	case minuteField:
		return at.Add(time.Minute * time.Duration(change))
	case secondField:
		return at.Add(time.Second * time.Duration(change))
	case milliField:
		return at.Add(time.Millisecond * time.Duration(change))
	}
	return f.setHour(at, value)
}

// setHour is set for the fields that count hours.
func (f timeField) setHour(at time.Time, value int) time.Time {
	hour := value
	switch f {
	case clockHourField:
		hour = value % 24
	case hourOfHalfField, clockHourOfHalfField:
		hour = value%12 + at.Hour()/12*12
	}
	return at.Add(time.Hour * time.Duration(hour-at.Hour()))
}

func weekStart(at time.Time) time.Time {
	return dateOf(at.Year(), at.Month(), at.Day()-(int(at.Weekday())+6)%7)
}

// floor returns the beginning of the field's span that contains the time.
func (f timeField) floor(at time.Time) time.Time {
	day := dateOf(at.Year(), at.Month(), at.Day())
	switch f {
	case eraField:
		return at
	case centuryField:
		return dateOf(at.Year()-yearOfEra(at)%100, time.January, 1)
	case yearField, yearOfEraField:
		return dateOf(at.Year(), time.January, 1)
	case weekYearField:
		year, _ := at.ISOWeek()
		return weekStart(dateOf(year, time.January, 4))
	case monthField:
		return dateOf(at.Year(), at.Month(), 1)
	case weekField:
		return weekStart(at)
	case dayOfYearField, dayOfMonthField, dayOfWeekField:
		return day
	case halfDayField:
		return day.Add(at.Sub(day).Truncate(12 * time.Hour))
	case minuteField:
		return day.Add(at.Sub(day).Truncate(time.Minute))
	case secondField:
		return day.Add(at.Sub(day).Truncate(time.Second))
	case milliField:
		return day.Add(at.Sub(day).Truncate(time.Millisecond))
	}
	return day.Add(at.Sub(day).Truncate(time.Hour))
}

// timeFields is what was read of a text: the values of fields, and a zone.
type timeFields struct {
	saved []savedField
	zone  string // as loadZone names it; "" for none
}

type savedField struct {
	field timeField
	value int
}

func (t *timeFields) save(f timeField, value int) { t.saved = append(t.saved, savedField{f, value}) }

// time puts the fields together, as Joda-Time's DateTimeParserBucket does: what
// was not read is that of 1970-01-01 00:00, but the year 2000 where the widest
// field is a month or a day.
func (t *timeFields) time() (time.Time, error) {
	slices.SortStableFunc(t.saved, func(a, b savedField) int { return cmp.Compare(a.field, b.field) })
	if len(t.saved) > 0 && t.saved[0].field >= monthField && t.saved[0].field <= dayOfWeekField {
		const defaultYear = 2000
		t.saved = slices.Insert(t.saved, 0, savedField{yearField, defaultYear})
	}
	at := time.Unix(0, 0).UTC()
	for round := range 2 { // again, since a later field may have moved an earlier one
		for i, s := range t.saved {
			least, most := s.field.limits(at)
			if s.value < least || s.value > most {
				//lint:ignore ST1005 these are the words that Trino shows
				return at, fmt.Errorf("Value %d for %s must be in the range [%d,%d]", s.value, fieldNames[s.field], least, most)
			}
			at = s.field.set(at, s.value)
			if s.field != eraField && (round == 0 || i == len(t.saved)-1) {
				at = s.field.floor(at)
			}
		}
	}
	return at, nil
}
