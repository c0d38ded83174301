import PipelineCore

/// All that happened in a world, kept in small pieces and told only when somebody asks.
struct Story {
  /// One thing that happened.
  struct Line {
    var time: Int64
    var what: StaticString
    /// The partition concerned, where there is one.
    var partition: UInt32?
    /// The node concerned, where there is one.
    var node: NodeIncarnation?
    var number: UInt64
  }

  private(set) var lines: [Line] = []
  /// A number made of all lines in order (FNV-1a over words): equal stories have equal digests.
  private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func tell(
    _ what: StaticString, at time: Int64, partition: UInt32? = nil, node: NodeIncarnation? = nil,
    number: UInt64 = 0, keeping: Bool
  ) {
    if keeping {
      lines.append(Line(time: time, what: what, partition: partition, node: node, number: number))
    }
    // The rest tells lines apart that agree in this; mixing every byte would take most of the time.
    mix(UInt64(what.utf8CodeUnitCount) << 8 | UInt64(what.utf8Start[what.utf8CodeUnitCount / 2]))
    mix(UInt64(bitPattern: time))
    mix(partition.map { UInt64($0) + 1 } ?? 0)
    mix(node?.node.rawValue ?? 0)
    mix(node?.incarnation.rawValue ?? 0)
    mix(number)
  }

  private mutating func mix(_ value: UInt64) {
    digest = (digest ^ value) &* 0x0000_0100_0000_01b3
  }
}
