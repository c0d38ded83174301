/// GROUP BY with its aggregates.
package struct Grouping: Sendable, Equatable {
  /// The keys of all grouping sets over input rows, each once.
  package var keys: [Expression]
  /// The grouping sets, each the indexes of its keys, ascending. A plain GROUP BY is one set of all
  /// keys; the set without keys has one group, also over no rows.
  package var sets: [[Int]]
  /// The aggregates, which are computed for every group of every set.
  package var aggregates: [AggregateCall]
  /// The `GROUPING(…)` calls, each the indexes of the keys it asks about.
  package var markers: [[Int]]

  /// - Parameter sets: one of all keys when `nil`.
  package init(
    keys: [Expression], sets: [[Int]]? = nil, aggregates: [AggregateCall], markers: [[Int]] = []
  ) {
    self.keys = keys
    self.sets = sets ?? [Array(keys.indices)]
    self.aggregates = aggregates
    self.markers = markers
  }

  /// What a marker is in the groups of a set: a bit for each key it asks about, the last one
  /// lowest, that is 1 when the key is not in the set.
  package func value(of marker: [Int], in set: [Int]) -> Int32 {
    marker.reduce(0) { bits, key in bits << 1 | (set.contains(key) ? 0 : 1) }
  }
}
