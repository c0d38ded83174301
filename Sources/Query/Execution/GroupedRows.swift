import Columnar
import Operators

/// Groups at the sink.
final class GroupedRows: MergeState {
  private let layout: GroupingLayout
  /// The groups of one partition in each set, before the first merge.
  private var single: [PartialGroups]?
  private var sets: [Groups]?

  init(_ partial: [PartialGroups], _ layout: GroupingLayout) {
    self.layout = layout
    single = partial
  }

  func merge(_ right: any MergeState) throws {
    guard let right = right as? GroupedRows else { throw OperatorError.otherState }
    let sets = try merged()
    let partial = right.single ?? right.sets?.map { $0.partial() } ?? []
    for (groups, partial) in zip(sets, partial) { try groups.merge(partial) }
  }

  /// The finished groups of each set: keys, aggregates, markers. Only once.
  func finish() throws(EvaluationError) -> [Batch] {
    var finished: [Batch] = []
    for (index, groups) in try merged().enumerated() {
      finished.append(layout.rows(try groups.finish(), ofSet: index))
    }
    return finished
  }

  private func merged() throws(EvaluationError) -> [Groups] {
    if let sets { return sets }
    let made = layout.makeGroups(expecting: single?.map(\.count) ?? [])
    for (groups, partial) in zip(made, single ?? []) { try groups.merge(partial) }
    single = nil
    sets = made
    return made
  }
}
