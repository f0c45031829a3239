// Command houserules checks the rules of the house that no linter of golangci-lint can see.
//
//	houserules dir...
//	houserules -subjects <subjects
//
// The second form reads the subjects of commits, one to a line.
package main

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	aboutSentences   = "ask transport.IsNotFound or another predicate: an error's sentence follows the user's language"
	aboutDiagnostics = "append what State.Set returns to the diagnostics: a value that does not fit the schema is lost otherwise"
	aboutHeaders     = "put the statement in front of the condition: only `err :=` and `ok :=` stand in a header"
	aboutOneLiners   = "break the line: a function of one line is the return of one expression"
	aboutPredicates  = `a predicate's comment says what it "reports whether"`
	aboutWords       = "say it in plainer words: readers whose first language is not English stumble over this one"
	aboutSubjects    = "a subject is `type(scope): imperative summary`, in at most 72 characters"
)

const longestSubject = 72

var (
	subjectForm   = regexp.MustCompile("^[a-z]+(\\([a-z0-9/,-]+\\))?: [a-z0-9`]")
	predicateName = regexp.MustCompile(`^([iI]s|[hH]as|[mM]ay|[nN]eeds)([A-Z]|$)`)
	predicateForm = regexp.MustCompile(`\b(says|tells) (whether|that)\b`)
	avoidedWord   = regexp.MustCompile(`(?i)\b(nobody|whoever|whilst|hence|thereof|mishaps?|twins?)\b`) // As in documents.
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "-subjects" {
		checkSubjects()

		return
	}

	files := token.NewFileSet()
	found := 0

	for _, dir := range os.Args[1:] {
		err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
				return err
			}

			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution|parser.ParseComments)
			if err != nil {
				return err
			}

			for _, problem := range check(files, file) {
				if problem.rule == aboutSentences && strings.HasSuffix(path, "_test.go") {
					continue // a test holds the sentence itself to what it should be
				}

				found++

				fmt.Printf("%s: %s\n", files.Position(problem.pos), problem.rule)
			}

			return nil
		})
		if err != nil {
			fmt.Fprintln(os.Stderr, "houserules:", err)
			os.Exit(1)
		}
	}

	if found > 0 {
		os.Exit(1)
	}
}

func checkSubjects() {
	subjects := bufio.NewScanner(os.Stdin)
	wrong := false

	for subjects.Scan() {
		if !isSubject(subjects.Text()) {
			fmt.Printf("%s: %s\n", subjects.Text(), aboutSubjects)

			wrong = true
		}
	}

	if wrong || subjects.Err() != nil {
		os.Exit(1)
	}
}

// isSubject reports whether a commit may have the subject.
func isSubject(subject string) bool {
	return subjectForm.MatchString(subject) && utf8.RuneCountInString(subject) <= longestSubject
}

type problem struct {
	pos  token.Pos
	rule string
}

func check(files *token.FileSet, file *ast.File) []problem {
	var problems []problem

	for _, group := range file.Comments {
		if avoidedWord.MatchString(group.Text()) {
			problems = append(problems, problem{group.Pos(), aboutWords})
		}
	}

	ast.Inspect(file, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.CallExpr:
			if isCall(node, "strings", "Contains", "HasPrefix", "HasSuffix", "EqualFold") && isErrorText(node.Args[0]) {
				problems = append(problems, problem{node.Pos(), aboutSentences})
			}
		case *ast.ExprStmt:
			if call, ok := node.X.(*ast.CallExpr); ok && setsState(call) {
				problems = append(problems, problem{node.Pos(), aboutDiagnostics})
			}
		case *ast.IfStmt:
			if node.Init != nil && !asks(node.Init) {
				problems = append(problems, problem{node.Init.Pos(), aboutHeaders})
			}
		case *ast.SwitchStmt:
			if node.Init != nil && !asks(node.Init) {
				problems = append(problems, problem{node.Init.Pos(), aboutHeaders})
			}
		case *ast.FuncDecl:
			if node.Body != nil && files.Position(node.Body.Pos()).Line == files.Position(node.Body.End()).Line && !returnsOne(node.Body) {
				problems = append(problems, problem{node.Pos(), aboutOneLiners})
			}

			if isPredicate(node) && !reportsWhether(node) {
				problems = append(problems, problem{node.Pos(), aboutPredicates})
			}
		}

		return true
	})

	return problems
}

// isPredicate reports whether the function has a comment, and returns one bool and nothing else.
func isPredicate(function *ast.FuncDecl) bool {
	results := function.Type.Results
	if function.Doc == nil || results.NumFields() != 1 {
		return false
	}

	only, ok := results.List[0].Type.(*ast.Ident)

	return ok && only.Name == "bool"
}

// reportsWhether reports whether the comment of a predicate has the usual form. What is named for an act, such as `claim`, may
// describe the act.
func reportsWhether(function *ast.FuncDecl) bool {
	comment := strings.Join(strings.Fields(function.Doc.Text()), " ")
	if strings.Contains(comment, "reports whether") {
		return true
	}

	return !predicateName.MatchString(function.Name.Name) && !predicateForm.MatchString(comment)
}

// asks reports whether the statement is a declaration whose last name is err or ok.
func asks(statement ast.Stmt) bool {
	declared, ok := statement.(*ast.AssignStmt)
	if !ok || declared.Tok != token.DEFINE {
		return false
	}

	last, ok := declared.Lhs[len(declared.Lhs)-1].(*ast.Ident)

	return ok && (last.Name == "err" || last.Name == "ok")
}

// returnsOne reports whether a body is empty or the return of one expression.
func returnsOne(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return true
	}

	only, ok := body.List[0].(*ast.ReturnStmt)

	return ok && len(body.List) == 1 && len(only.Results) == 1
}

// isCall reports whether call is pkg.name(...), with arguments, for one of the names.
func isCall(call *ast.CallExpr, pkg string, names ...string) bool {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 {
		return false
	}

	receiver, ok := selector.X.(*ast.Ident)
	if !ok || receiver.Name != pkg {
		return false
	}

	for _, name := range names {
		if selector.Sel.Name == name {
			return true
		}
	}

	return false
}

// isErrorText reports whether the expression is something.Error().
func isErrorText(expression ast.Expr) bool {
	call, ok := expression.(*ast.CallExpr)
	if !ok || len(call.Args) > 0 {
		return false
	}

	selector, ok := call.Fun.(*ast.SelectorExpr)

	return ok && selector.Sel.Name == "Error"
}

// setsState reports whether the call is something.State.Set(...) or a relative of it.
func setsState(call *ast.CallExpr) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || (method.Sel.Name != "Set" && method.Sel.Name != "SetAttribute") {
		return false
	}

	field, ok := method.X.(*ast.SelectorExpr)
	if !ok {
		return false
	}

	switch field.Sel.Name {
	case "State", "Plan", "Identity", "TargetState":
		return true
	default:
		return false
	}
}
