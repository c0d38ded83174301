import PipelineCore
import Testing

@Suite("Merge tree")
struct MergeTreeTests {
  static let totals: [UInt32] = Array(0...70) + [127, 128, 129, 1000, 1023]

  @Test(arguments: totals)
  func theResultCoversEachPartitionOnceInOrder(_ total: UInt32) {
    var generator = SplitMix64(seed: UInt64(total))
    let built = Self.build(Array(0..<total).shuffled(using: &generator), total: total)
    #expect(built.covered == Array(0..<total))
  }

  @Test(arguments: totals)
  func theShapeDependsOnTheTotalOnly(_ total: UInt32) {
    let ordered = Self.build(Array(0..<total), total: total)
    for seed in 0..<4 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let shuffled = Self.build(Array(0..<total).shuffled(using: &generator), total: total)
      #expect(shuffled.shape == ordered.shape)
    }
  }

  @Test func inOrderOnlyALogarithmIsHeld() {
    var tree = MergeTree()
    var most = 0
    for index in 0..<10_000 as Range<UInt32> {
      _ = tree.insert(index)
      most = max(most, tree.heldCount)
    }
    #expect(most <= 14)
  }

  @Test func nothingHasNoRoot() {
    var tree = MergeTree()
    let (steps, root) = tree.finish(total: 0)
    #expect(steps.isEmpty && root == nil)
  }

  @Test func aMissingPartitionTraps() async {
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree()
      _ = tree.insert(0)
      _ = tree.insert(2)
      _ = tree.finish(total: 3)
    }
  }

  @Test func aPartitionInsertedTwiceTraps() async {
    await #expect(processExitsWith: .failure) {
      var tree = MergeTree()
      _ = tree.insert(4)
      _ = tree.insert(4)
    }
  }

  /// Carries out the steps on states that remember what they were merged from.
  private static func build(
    _ order: [UInt32], total: UInt32
  ) -> (covered: [UInt32], shape: String) {
    struct State {
      var covered: [UInt32]
      var shape: String
    }
    var tree = MergeTree()
    var states: [MergeTree.Node: State] = [:]
    func perform(_ steps: [MergeTree.Step]) {
      for step in steps {
        guard let left = states.removeValue(forKey: step.left),
          let right = states.removeValue(forKey: step.right)
        else {
          Issue.record("a step merges what is not there: \(step)")
          return
        }
        states[step.result] = State(
          covered: left.covered + right.covered, shape: "(\(left.shape)\(right.shape))")
      }
    }
    for index in order {
      states[MergeTree.Node(level: 0, position: index)] = State(covered: [index], shape: "·")
      perform(tree.insert(index))
    }
    let (steps, root) = tree.finish(total: total)
    perform(steps)
    #expect(states.count == (total == 0 ? 0 : 1))
    guard let root, let whole = states[root] else { return ([], "") }
    return (whole.covered, whole.shape)
  }
}
