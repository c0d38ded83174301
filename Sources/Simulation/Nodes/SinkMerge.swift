import PipelineCore
import ResultStore

/// How a sink's results become one output: concatenated in the order of the partitions, and summed in
/// the production merge tree.
struct SinkMerge {
  private var tree = MergeTree()
  /// Looked up only.
  private var states: [MergeTree.Node: Double] = [:]
  /// Where results are, by partition.
  private(set) var places: [ResultPlace?] = []

  /// Whether a partition was taken in.
  func contains(_ index: UInt32) -> Bool { Int(index) < places.count && places[Int(index)] != nil }

  /// Takes in a result, which stands at this place of the store.
  mutating func insert(_ index: UInt32, at place: ResultPlace, term: Double) {
    if Int(index) >= places.count {
      places += Array(repeating: nil, count: Int(index) + 1 - places.count)
    }
    places[Int(index)] = place
    add(index, term)
  }

  private mutating func add(_ index: UInt32, _ term: Double) {
    states[MergeTree.Node(level: 0, position: index)] = term
    carryOut(tree.insert(index))
  }

  private mutating func carryOut(_ steps: [MergeTree.Step]) {
    for step in steps {
      guard let left = states.removeValue(forKey: step.left),
        let right = states.removeValue(forKey: step.right)
      else { preconditionFailure("a state to be merged is missing") }
      states[step.result] = left + right
    }
  }

  /// The sum over all partitions; those that are absent count as nothing.
  mutating func finish(total: UInt32, without absent: [UInt32]) -> Double {
    for index in absent { add(index, 0) }
    let (steps, root) = tree.finish(total: total)
    carryOut(steps)
    return root.flatMap { states[$0] } ?? 0
  }

  /// The sum of terms by partition, added in the same order by other means.
  static func sum(_ terms: ArraySlice<Double>) -> Double {
    if terms.count <= 1 { return terms.first ?? 0 }
    var half = 1
    while half * 2 < terms.count { half *= 2 }
    let middle = terms.startIndex + half
    return sum(terms[..<middle]) + sum(terms[middle...])
  }
}
