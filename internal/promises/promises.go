// Package promises holds the tests of what the provider promises for every type on every platform: faults, secrets,
// hostile answers, wording, chaos, interrupts and the number of reads. It has no code of its own; what tests use is in
// acctest.
package promises
