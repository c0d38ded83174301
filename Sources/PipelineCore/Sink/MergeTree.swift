/// The order in which partitions' states are merged: a binary tree whose shape depends on the number
/// of partitions only, so that floating-point sums have the same bits in every run.
///
/// A node of level `l` and position `k` covers the partitions `k·2^l ..< (k+1)·2^l`; it is made of
/// its two children as soon as both are there. When the number of partitions is known, the nodes
/// left over, which are the binary digits of that number, are merged from the right to the left.
package struct MergeTree: Sendable {
  /// A node of the tree.
  package struct Node: Hashable, Sendable {
    package var level: UInt32
    package var position: UInt32

    package init(level: UInt32, position: UInt32) {
      self.level = level
      self.position = position
    }
  }

  /// Merge `right` into `left`; the outcome is called `result`, as no other is.
  package struct Step: Sendable, Equatable {
    package var left: Node
    package var right: Node
    package var result: Node

    package init(left: Node, right: Node, result: Node) {
      self.left = left
      self.right = right
      self.result = result
    }
  }

  private var present: Set<Node> = []

  package init() {}

  /// States that are held now.
  package var heldCount: Int { present.count }

  /// A partition's state is there: the merges that are now possible, in order.
  package mutating func insert(_ index: UInt32) -> [Step] {
    var node = Node(level: 0, position: index)
    precondition(present.insert(node).inserted, "partition \(index) was merged before")
    var steps: [Step] = []
    while true {
      let sibling = Node(level: node.level, position: node.position ^ 1)
      guard present.contains(sibling) else { return steps }
      let (left, right) = node.position < sibling.position ? (node, sibling) : (sibling, node)
      let parent = Node(level: node.level + 1, position: node.position >> 1)
      present.remove(left)
      present.remove(right)
      present.insert(parent)
      steps.append(Step(left: left, right: right, result: parent))
      node = parent
    }
  }

  /// All of `total` partitions are there: the last merges, and the node that holds the whole.
  ///
  /// - Returns: no root when `total` is 0.
  package mutating func finish(total: UInt32) -> (steps: [Step], root: Node?) {
    var spine: [Node] = []
    var start: UInt64 = 0
    for level in stride(from: UInt32(31), through: 0, by: -1) where total >> level & 1 == 1 {
      let node = Node(level: level, position: UInt32(start >> UInt64(level)))
      precondition(present.contains(node), "the states before partition \(total) are not complete")
      spine.append(node)
      start += 1 << UInt64(level)
    }
    precondition(present.count == spine.count, "states from beyond partition \(total) are held")
    guard var root = spine.popLast() else { return ([], nil) }
    var steps: [Step] = []
    while let left = spine.popLast() {
      // A name that no other node has: there is no level above 31.
      let result = Node(level: 32, position: UInt32(steps.count))
      steps.append(Step(left: left, right: root, result: result))
      root = result
    }
    present = [root]
    return (steps, root)
  }
}
