package made

import "testing"

func TestEverySceneHasItsShare(t *testing.T) {
	sum := 0
	for i, s := range scenes {
		if s.weight <= 0 || s.play == nil {
			t.Errorf("scene %d never plays", i)
		}
		sum += s.weight
	}
	if sum != totalWeight {
		t.Errorf("the weights sum to %d, totalWeight is %d", sum, totalWeight)
	}
}

func TestAppendTextKeepsWhatWasThere(t *testing.T) {
	o := plan(t, Example)[0]
	alone := string(o.AppendText(nil))
	if got := string(o.AppendText([]byte("before\n"))); got != "before\n"+alone {
		t.Error("the text after other text differs")
	}
}
