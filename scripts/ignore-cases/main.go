// Records which paths the ignore files of standard input exclude, with the code of the Docker engine: reads a JSON array of
// {text, paths} and writes for each a string with one character per path, or "invalid" if the file is rejected.
package main

import (
	"encoding/json"
	"os"
	"sort"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type set struct {
	Text  string   `json:"text"`
	Paths []string `json:"paths"`
}

type folder struct {
	info   patternmatcher.MatchInfo
	closed bool
	failed bool
}

// As filter.go of tonistiigi/fsutil.
func withoutTrailingGlob(p *patternmatcher.Pattern) string {
	return strings.TrimSuffix(strings.TrimSuffix(p.String(), "/**"), "/*")
}

func mayInclude(pm *patternmatcher.PatternMatcher, path string) bool {
	for _, p := range pm.Patterns() {
		if p.Exclusion() && strings.ContainsAny(withoutTrailingGlob(p), "*[]?^\\") {
			return true
		}
	}
	for _, p := range pm.Patterns() {
		if p.Exclusion() && strings.HasPrefix(withoutTrailingGlob(p)+"/", path+"/") {
			return true
		}
	}
	return false
}

func verdicts(s set) string {
	patterns, err := ignorefile.ReadAll(strings.NewReader(s.Text))
	if err != nil {
		return "invalid"
	}
	pm, err := patternmatcher.New(patterns)
	if err != nil {
		return "invalid"
	}
	folders := map[string]folder{}
	result := make([]byte, len(s.Paths))
	order := make([]int, len(s.Paths))
	for i := range order {
		order[i] = i
	}
	sort.Slice(order, func(a, b int) bool { return len(s.Paths[order[a]]) < len(s.Paths[order[b]]) })
	for _, i := range order {
		path := s.Paths[i]
		var parent folder
		if slash := strings.LastIndex(path, "/"); slash >= 0 {
			parent = folders[path[:slash]]
		}
		if parent.closed || parent.failed {
			folders[path] = parent
			result[i] = '1'
			if parent.failed {
				result[i] = 'e'
			}
			continue
		}
		excluded, info, err := pm.MatchesUsingParentResults(path, parent.info)
		folders[path] = folder{info: info, closed: excluded && !mayInclude(pm, path), failed: err != nil}
		result[i] = '0'
		if excluded {
			result[i] = '1'
		}
		if err != nil {
			result[i] = 'e'
		}
	}
	return string(result)
}

func main() {
	var sets []set
	if err := json.NewDecoder(os.Stdin).Decode(&sets); err != nil {
		panic(err)
	}
	results := make([]string, len(sets))
	for i, s := range sets {
		results[i] = verdicts(s)
	}
	json.NewEncoder(os.Stdout).Encode(results)
}
