extension Topology {
  /// A source that counts: the numbers `from ..< to`.
  package struct RangeSource: Sendable, Equatable {
    /// The first number.
    package internal(set) var from: Int64
    /// The number after the last; at least ``from``, and `to - from` does not overflow.
    package internal(set) var to: Int64
    /// Numbers in a partition: 1 to 2³¹.
    package internal(set) var partition: Int
    /// Bytes carried for each number: 0 to 1 MiB, and `partition × payload` is at most 256 MiB.
    package internal(set) var payload: Int
    /// How partitions get to the workers; never ``Delivery/reference``.
    package internal(set) var deliver: Delivery
  }
}
