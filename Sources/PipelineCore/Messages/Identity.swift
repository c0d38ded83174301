/// One execution of a topology.
package struct RunID: Hashable, Sendable, RawRepresentable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }

  /// No run: what a node takes part in that waits for one.
  package static let none = RunID(rawValue: 0)
}

/// A process with roles, across its restarts.
package struct NodeID: Hashable, Comparable, Sendable, RawRepresentable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One start of a node: a fresh random number each time, never 0.
package struct Incarnation: Hashable, Comparable, Sendable, RawRepresentable {
  package var rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// One start of one node: what holds leases.
package struct NodeIncarnation: Hashable, Comparable, Sendable {
  package var node: NodeID
  package var incarnation: Incarnation

  package init(node: NodeID, incarnation: Incarnation) {
    self.node = node
    self.incarnation = incarnation
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.node, left.incarnation) < (right.node, right.incarnation)
  }
}

/// A slice of a stage's input: the unit of work, retry and accounting.
package struct PartitionID: Hashable, Comparable, Sendable {
  /// Position of the stage in the topology, from 0.
  package var stage: UInt32
  /// Position of the partition in the stage's input, from 0.
  package var index: UInt32

  package init(stage: UInt32, index: UInt32) {
    self.stage = stage
    self.index = index
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.stage, left.index) < (right.stage, right.index)
  }
}

/// What a node does.
package struct Roles: OptionSet, Hashable, Sendable {
  package var rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let ventilator = Roles(rawValue: 1)
  package static let worker = Roles(rawValue: 2)
  package static let sink = Roles(rawValue: 4)
  package static let supervisor = Roles(rawValue: 8)
}
