import Columnar
import Operators

/// Groups at the sink.
final class GroupedRows: MergeState {
  private let layout: GroupLayout
  /// The groups of one partition, before the first merge.
  private var single: PartialGroups?
  private var groups: Groups?

  init(_ partial: PartialGroups, _ layout: GroupLayout) {
    self.layout = layout
    single = partial
  }

  func merge(_ right: any MergeState) throws {
    guard let right = right as? GroupedRows else { throw OperatorError.otherState }
    let groups = try merged()
    if let partial = right.single ?? right.groups?.partial() { try groups.merge(partial) }
  }

  /// The finished groups, keys and aggregates. Only once.
  func finish() throws(EvaluationError) -> Batch { try merged().finish() }

  private func merged() throws(EvaluationError) -> Groups {
    if let groups { return groups }
    let made = Groups(layout)
    if let single { try made.merge(single) }
    single = nil
    groups = made
    return made
  }
}
