package api

import "strings"

// SameID reports whether two spellings mean the same asset or customer: a number may come back without its plus sign, blanks or
// leading zeros, and an address in lower case.
func SameID(a, b string) bool {
	return a == b || strings.EqualFold(normalID(a), normalID(b))
}

func normalID(id string) string {
	id = strings.TrimSpace(id)

	digits := strings.NewReplacer(" ", "", "-", "", "(", "", ")", "").Replace(strings.TrimPrefix(id, "+"))
	if digits != "" && strings.Trim(digits, "0123456789") == "" {
		return "+" + strings.TrimLeft(digits, "0")
	}

	return id
}
