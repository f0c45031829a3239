package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// line is an assignment, a call or a field that can be deleted, and where it stands.
type line struct {
	id     int // The number of its switch.
	file   string
	number int
	text   string
}

// edit inserts text at an offset of the source.
type edit struct {
	offset int
	text   string
}

// addSwitches puts a switch in front of each line of a model that maps something: an assignment, a call, or a field of a
// literal. The switches are numbered from after. It returns the changed source, the lines in their order, and the name of
// the package.
func addSwitches(file string, source []byte, after int, isSkipped func(number int) bool) ([]byte, []line, string, error) {
	files := token.NewFileSet()

	parsed, err := parser.ParseFile(files, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, nil, "", err
	}

	var (
		edits []edit
		lines []line
	)

	add := func(node ast.Node, before, behind string, from, to token.Pos) {
		number := files.Position(node.Pos()).Line
		if number != files.Position(node.End()).Line || isSkipped(number) {
			return
		}

		text := source[files.Position(node.Pos()).Offset:files.Position(node.End()).Offset]
		id := after + len(lines) + 1
		lines = append(lines, line{id, file, number, string(text)})
		edits = append(edits,
			edit{files.Position(from).Offset, fmt.Sprintf(before, id)}, edit{files.Position(to).Offset, behind})
	}

	for _, declaration := range parsed.Decls {
		ast.Inspect(declaration, func(node ast.Node) bool {
			function, ok := node.(*ast.FuncDecl)
			if ok && function.Body != nil {
				addBody(function.Body, add)
			}

			literal, ok := node.(*ast.FuncLit)
			if ok {
				addBody(literal.Body, add)
			}

			return function == nil && literal == nil
		})
	}

	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(a.number, b.number) })
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.offset, b.offset) })

	var changed strings.Builder

	at := 0
	for _, e := range edits {
		changed.Write(source[at:e.offset])
		changed.WriteString(e.text)

		at = e.offset
	}

	changed.Write(source[at:])

	return []byte(changed.String()), lines, parsed.Name.Name, nil
}

// addBody switches what a function maps. What stands outside of functions, as a schema does, is no mapping.
func addBody(body *ast.BlockStmt, add adder) {
	ast.Inspect(body, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.BlockStmt:
			addStatements(node.List, add)
		case *ast.CaseClause:
			addStatements(node.Body, add)
		case *ast.CompositeLit:
			addFields(node, add)
		}

		return true
	})
}

type adder func(node ast.Node, before, behind string, from, to token.Pos)

// addStatements switches assignments and calls. What reports a problem is left alone: no case has a problem.
func addStatements(statements []ast.Stmt, add adder) {
	for _, statement := range statements {
		switch s := statement.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
		case *ast.ExprStmt:
			if isDiagnostic(s.X) {
				continue
			}
		default:
			continue
		}

		add(statement, "if isKept(\"%d\") { ", " }", statement.Pos(), statement.End())
	}
}

// addFields switches the fields of a literal.
func addFields(literal *ast.CompositeLit, add adder) {
	for _, element := range literal.Elts {
		field, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}

		inner, isLiteral := field.Value.(*ast.CompositeLit)

		_, isName := field.Key.(*ast.Ident)
		if !isName || isLiteral && inner.Type == nil {
			continue
		}

		add(field, "keep(\"%d\", ", ")", field.Value.Pos(), field.Value.End())
	}
}

func isDiagnostic(expression ast.Expr) bool {
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return false
	}

	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}

	name, ok := selector.X.(*ast.Ident)

	return ok && name.Name == "diags"
}
