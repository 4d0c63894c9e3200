// Package stats computes statistics over windows of edges: what csp.stats computes, without growing slower or less precise with the length of
// the run.
//
// # The way of one value
//
// A window, made by [Over], [OverPair] or [OverVector], takes a value in when its sampler ticks, and puts out what has become too old.
// When its trigger ticks it tells its statistics what has come and what has gone since they last ticked, and each of them takes that up
// and ticks. So the window is searched once, however many statistics share it:
//
//	w := stats.Over(price, stats.Config{Interval: stats.Span(time.Minute)})
//	mean, dev := stats.Mean(w), stats.Stddev(w, 1)
//
// In a cycle in which everything ticks the order is: reset, sample, trigger.
//
// # Which to choose, and what it costs
//
//	Count, First, Last, Unique           what is there              O(1)
//	Sum, Mean, Prod, Gmean               sums and products          O(1)
//	Min, Max, ArgMin, ArgMax             the extremes and when      O(1) on average
//	Var, Stddev, Sem, Skew, Kurt         the spread and its shape   O(1)
//	Median, Quantile, Rank               the order                  O(log n)
//	Cov, Corr                            two edges                  O(1)
//	CovMatrix, CorrMatrix                vectors of k elements      O(k²)
//	Ema, EmaVar, EmaStd, EmaCov          weights that fall          O(1)
//	CrossSectional                       all values, as a slice     O(n)
//	ListToVector, VectorToList           edges to slices and back   O(edges)
//	Elements                             any of these, of slices    times their length
//
// n is the length of the window, which the window remembers; a window of everything remembers nothing, and its statistics only if their
// comment says so. None allocates once its window is full. State is saved and restored with the graph.
//
// # NaN
//
// A NaN takes a place in its window like any value. Statistics pass over it, or with [Config.KeepNaN] are NaN while it is there. A statistic
// without a result (an empty window, too few values) ticks NaN.
//
// # Precision
//
// Sums are kept to 32 digits and counted from a value in the window, and what leaves a window takes all of its share with it. A variance
// is right to better than 1e-9 of itself for a million large values with a little noise, and a window that has slid for a billion ticks
// is as right as a new one. An infinity, or a value too large for its powers (1e150 for variances, 1e75 for the kurtosis), leaves without
// a trace too. If the values that are left are 1e9 times smaller than one that left, the statistic is taken afresh from the window, once,
// which costs O(n).
//
// # What is other than in csp
//
// A time or weight that csp gets wrong when several values leave between two triggers is right here (argmin, argmax, ema with a horizon), as is the
// correction of the unadjusted ema_var by half-life; a NaN does not end a half-life mean. Corr, Skew and Kurt of values that differ by less than
// 1e-9 are computed, and are NaN only if the values are equal. A weight of 0 or less leaves its value out everywhere but in Sum.
package stats
