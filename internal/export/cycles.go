package export

// edge is a reference from one resource to another.
type edge struct{ from, to string }

// cycles returns the references that would close a circle, which Terraform does not take. The same objects always give the
// same ones.
func cycles(order []string, references map[string][]string) map[edge]bool {
	const (
		isOpen = iota + 1
		isDone
	)

	cut, state := map[edge]bool{}, map[string]int{}

	var visit func(from string)

	visit = func(from string) {
		state[from] = isOpen

		for _, to := range references[from] {
			switch state[to] {
			case isOpen:
				cut[edge{from, to}] = true
			case isDone:
			default:
				visit(to)
			}
		}

		state[from] = isDone
	}

	for _, from := range order {
		if state[from] == 0 {
			visit(from)
		}
	}

	return cut
}
