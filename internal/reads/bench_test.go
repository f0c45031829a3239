package reads

import (
	"context"
	"testing"
)

// What a read costs besides its share of a request.

func BenchmarkBatchAlone(b *testing.B) {
	batch := Batch[int, int]{
		Max:  60,
		Read: func(_ context.Context, keys []int) (map[int]int, error) { return map[int]int{keys[0]: keys[0]}, nil },
	}

	b.ReportAllocs()

	for b.Loop() {
		if _, err := batch.Get(b.Context(), 1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkListSnapshot(b *testing.B) {
	list := List[int, int]{
		Read: func(context.Context) ([]int, error) { return numbers(1000), nil },
		Key:  func(row int) int { return row },
	}

	b.ReportAllocs()

	key := 0
	for b.Loop() {
		if _, err := list.Get(b.Context(), key%1000); err != nil {
			b.Fatal(err)
		}

		key++
	}
}

func BenchmarkPagesSnapshot(b *testing.B) {
	pages := Pages[int, int]{
		One: func(_ context.Context, key int) (int, error) { return key, nil },
		Page: func(_ context.Context, number int) (Page[int], error) {
			return Page[int]{Rows: numbers(1000)[(number-1)*20 : number*20], Pages: 50}, nil
		},
		Key: func(row int) int { return row },
	}

	b.ReportAllocs()

	key := 0
	for b.Loop() {
		if _, err := pages.Get(b.Context(), key%1000); err != nil {
			b.Fatal(err)
		}

		key++
	}
}

// BenchmarkPagesRefresh is a whole refresh of a thousand objects from fifty pages, without the requests.
func BenchmarkPagesRefresh(b *testing.B) {
	b.ReportAllocs()

	for b.Loop() {
		pages := Pages[int, int]{
			One: func(_ context.Context, key int) (int, error) { return key, nil },
			Page: func(_ context.Context, number int) (Page[int], error) {
				return Page[int]{Rows: numbers(1000)[(number-1)*20 : number*20], Pages: 50}, nil
			},
			Key: func(row int) int { return row },
		}
		for key := range 1000 {
			if _, err := pages.Get(b.Context(), key); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func numbers(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}

	return all
}
