import Foundation
import Operators
import PipelineCore
import Synchronization
import Testing

@testable import Runtime

@Suite("States are merged at the same time, and the result is that of the tree")
struct ParallelMergeTests {
  /// What was merged, in parentheses for each merge; takes its time.
  private final class Story: MergeState {
    var text: String
    private let delay: Double

    init(_ text: String, delay: Double = 0) {
      self.text = text
      self.delay = delay
    }

    func merge(_ right: any MergeState) throws {
      guard let right = right as? Story else { throw OperatorError(.operating, "another state") }
      if delay > 0 { Thread.sleep(forTimeInterval: delay) }
      if text == "bad" || right.text == "bad" { throw OperatorError(.data, "it does not fit") }
      text = "(\(text) \(right.text))"
    }
  }

  private static func told(
    _ order: [UInt32], absent: Set<UInt32> = [], width: Int, delay: Double = 0
  ) throws -> String? {
    let merge = ParallelMerge(width: width)
    var tree = MergeTree()
    for index in order {
      merge.put(
        absent.contains(index) ? nil : Story("\(index)", delay: delay),
        at: MergeTree.Node(level: 0, position: index))
      try merge.carryOut(tree.insert(index))
    }
    let (steps, root) = tree.finish(total: UInt32(order.count))
    try merge.carryOut(steps)
    return (try merge.result(at: root) as? Story)?.text
  }

  @Test(arguments: [1, 2, 4])
  func anyOrderAndWidthGiveTheSame(width: Int) throws {
    var random = SystemRandomNumberGenerator()
    for count in [1, 2, 3, 5, 7, 8, 13, 31, 100] as [UInt32] {
      let expected = try Self.told(Array(0..<count), width: 1)
      for _ in 0..<5 {
        let order = Array(0..<count).shuffled(using: &random)
        #expect(
          try Self.told(order, width: width, delay: 0.0002) == expected, "\(order)")
      }
    }
    #expect(try Self.told(Array(0..<5), width: width) == "(((0 1) (2 3)) 4)")
    #expect(try Self.told([], width: width) == nil)
  }

  @Test func partitionsWithoutResultsLeaveTheOthersAsTheyAre() throws {
    #expect(try Self.told(Array(0..<6), absent: [1, 4, 5], width: 2) == "(0 (2 3))")
    #expect(try Self.told([0, 1], absent: [0, 1], width: 2) == nil)
  }

  /// Counts what is there, and the most that was.
  private final class Tally: Sendable {
    private let counts = Mutex((now: 0, most: 0))

    var most: Int { counts.withLock { $0.most } }
    var now: Int { counts.withLock { $0.now } }

    func add(_ change: Int) {
      counts.withLock { counts in
        counts.now += change
        counts.most = max(counts.most, counts.now)
      }
    }
  }

  /// Is merged no sooner than another one is being merged, too.
  private final class Meeting: MergeState {
    private let tally: Tally

    init(_ tally: Tally) { self.tally = tally }

    func merge(_ right: any MergeState) throws {
      tally.add(1)
      let deadline = ContinuousClock.now + .seconds(10)
      while tally.now < 2, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.001) }
    }
  }

  @Test func othersAreMergedMeanwhile() throws {
    let merge = ParallelMerge(width: 2)
    let tally = Tally()
    var tree = MergeTree()
    for index in 0..<4 as Range<UInt32> {
      merge.put(Meeting(tally), at: MergeTree.Node(level: 0, position: index))
      // Without the last, that of both pairs.
      try merge.carryOut(Array(tree.insert(index).prefix(1)))
    }
    _ = try merge.result(at: nil)
    #expect(tally.most == 2)
  }

  @Test func whatAMergeThrowsIsThrown() {
    let merge = ParallelMerge(width: 2)
    var tree = MergeTree()
    #expect(throws: OperatorError.self) {
      for index in 0..<1000 as Range<UInt32> {
        merge.put(
          Story(index == 3 ? "bad" : "\(index)"), at: MergeTree.Node(level: 0, position: index))
        try merge.carryOut(tree.insert(index))
      }
      _ = try merge.result(at: nil)
    }
  }

  /// Is counted while it is there.
  private final class Counted: MergeState {
    private let tally: Tally

    init(_ tally: Tally) {
      self.tally = tally
      tally.add(1)
    }

    deinit { tally.add(-1) }

    func merge(_ right: any MergeState) throws { Thread.sleep(forTimeInterval: 0.001) }
  }

  @Test func moreThanThereIsRoomForWaits() throws {
    let width = 2
    let merge = ParallelMerge(width: width)
    let tally = Tally()
    var tree = MergeTree()
    for index in 0..<200 as Range<UInt32> {
      merge.put(Counted(tally), at: MergeTree.Node(level: 0, position: index))
      try merge.carryOut(tree.insert(index))
    }
    let (steps, root) = tree.finish(total: 200)
    try merge.carryOut(steps)
    _ = try merge.result(at: root)
    // Two for each merge that waits or goes on, one for each level, and the one that is being added.
    #expect(tally.most <= 2 * 2 * width + 8 + 1)
  }
}
