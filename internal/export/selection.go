package export

import (
	"fmt"
	"slices"
	"strings"
)

var platforms = []string{"chatlake", "imichat", "kommunicate"}

// platformOf returns the platform of a type.
func platformOf(kind string) string {
	platform, _, _ := strings.Cut(kind, "_")
	return platform
}

// selected returns the types to export: those that others need to be listed first, and those of people last.
func (e *exporter) selected() ([]string, error) {
	known := e.source.kinds()

	for _, name := range slices.Concat(e.Only, e.Skip) {
		if !slices.Contains(platforms, name) && !slices.Contains(known, name) {
			return nil, fmt.Errorf("%q is neither a platform nor a type of resource. Platforms are %s; types are %s",
				name, strings.Join(platforms, ", "), strings.Join(known, ", "))
		}
	}

	if len(e.configured()) == 0 {
		return nil, fmt.Errorf("no platform is configured: set the variables of the environment that the provider takes, such as " +
			"CHATLAKE_BASE_URL, CHATLAKE_API_ACCESS_TOKEN and CHATLAKE_ACCOUNT_ID")
	}

	var kinds, unlisted []string

	for _, kind := range known {
		isNamed := slices.Contains(e.Only, kind)

		switch {
		case !e.isWanted(kind) || slices.Contains(contained, kind):
		case isOfPeople(kind) && !e.WithPeople && !isNamed:
		case slices.Contains(own, kind) && !isNamed:
		case !e.isReached(kind) && !isNamed:
		case !e.source.isListed(kind):
			unlisted = append(unlisted, kind)
		default:
			kinds = append(kinds, kind)
		}
	}

	if len(unlisted) > 0 {
		e.report.Notes = append(e.report.Notes, "The platforms do not list these types, so they are not exported, and their pages say what to do instead: "+strings.Join(unlisted, ", "))
	}

	if len(kinds) == 0 && len(unlisted) == 0 {
		return nil, fmt.Errorf("-only and -skip leave nothing to export. Types that only say again what others say are not exported: %s", strings.Join(contained, ", "))
	}

	slices.SortStableFunc(kinds, func(a, b string) int { return e.turn(a) - e.turn(b) })

	return kinds, nil
}

// isWanted reports whether the flags ask for a type.
func (e *exporter) isWanted(kind string) bool {
	names := func(list []string) bool {
		return slices.Contains(list, kind) || slices.Contains(list, platformOf(kind))
	}

	return (len(e.Only) == 0 || names(e.Only)) && !names(e.Skip)
}

// configured returns the platforms that the environment names.
func (e *exporter) configured() []string {
	return slices.DeleteFunc(slices.Clone(platforms), func(platform string) bool { return e.variable(strings.ToUpper(platform)+"_") == "" })
}

// isReached reports whether a type is of a platform that is configured. What is above the accounts has a token of its own, and
// the token of an account does not reach it, nor the other way round.
func (e *exporter) isReached(kind string) bool {
	platform, token := platformOf(kind), e.variable("CHATLAKE_PLATFORM_ACCESS_TOKEN")

	switch {
	case isAboveAccounts(kind):
		return token != ""
	case slices.Contains(e.Only, platform):
		return true
	case platform == "chatlake" && token != "":
		return e.variable("CHATLAKE_API_ACCESS_TOKEN") != ""
	default:
		return slices.Contains(e.configured(), platform)
	}
}

// variable returns the value of the first variable of the environment that is set and whose name begins so.
func (e *exporter) variable(prefix string) string {
	for _, pair := range e.Environ {
		name, value, _ := strings.Cut(pair, "=")
		if value != "" && strings.HasPrefix(name, prefix) {
			return value
		}
	}

	return ""
}

// turn says when a type is exported.
func (e *exporter) turn(kind string) int {
	switch {
	case isOfPeople(kind):
		return 2 + slices.Index(people, kind)
	case e.source.parent(kind) != "":
		return 1
	default:
		return 0
	}
}
