// Command go_types asks Go's own type checker what it says of single files.
//
//	go_types PATH=FOLDER... FILE...
//
// Packages below an import path PATH are read from FOLDER, their declarations alone; Go's own come with Go. Of any other
// package nothing is known. For each error it prints the file, the line and the words, with tabs between them.
package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

var (
	files    = token.NewFileSet()
	known    = map[string]*types.Package{}
	standard = importer.ForCompiler(files, "source", nil)
	folders  = map[string]string{}
)

type packages struct{}

// Import reads the declarations of a package.
func (packages) Import(path string) (*types.Package, error) {
	if found, ok := known[path]; ok {
		return found, nil
	}
	for root, folder := range folders {
		inside := strings.TrimPrefix(path, root)
		if inside == path || (inside != "" && inside[0] != '/') || strings.HasSuffix(path, "/jsii") || strings.Contains(path, "/runtime") {
			continue
		}
		known[path] = declared(path, folder+inside)
		return known[path], nil
	}
	if !strings.Contains(strings.Split(path, "/")[0], ".") {
		return standard.Import(path)
	}
	known[path] = types.NewPackage(path, filepath.Base(path))
	known[path].MarkComplete()
	return known[path], nil
}

func declared(path, folder string) *types.Package {
	names, _ := filepath.Glob(filepath.Join(folder, "*.go"))
	var trees []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, "checks.go") || filepath.Base(name) == "main.go" {
			continue
		}
		if tree, _ := parser.ParseFile(files, name, nil, 0); tree != nil {
			trees = append(trees, tree)
		}
	}
	settings := types.Config{Importer: packages{}, IgnoreFuncBodies: true, Error: func(error) {}}
	found, _ := settings.Check(path, files, trees, nil)
	return found
}

func main() {
	for _, argument := range os.Args[1:] {
		if path, folder, isFolder := strings.Cut(argument, "="); isFolder {
			folders[path] = folder
			continue
		}
		tree, err := parser.ParseFile(files, argument, nil, 0)
		if err != nil {
			fmt.Printf("%s\t0\t%v\n", argument, err)
			continue
		}
		tell := func(problem error) {
			found := problem.(types.Error)
			words := strings.ReplaceAll(found.Msg, "\n", "\\n")
			fmt.Printf("%s\t%d\t%s\n", argument, found.Fset.Position(found.Pos).Line, words)
		}
		settings := types.Config{Importer: packages{}, Error: tell}
		settings.Check("main", files, []*ast.File{tree}, nil)
	}
}
