/// Covers frames with blocks of rows, largest first where they fit, in order.
struct FramePieces {
  /// Blocks of one level, each with the place whose frame it belongs to.
  struct Part {
    var blocks: [Int32] = []
    var places: [UInt32] = []
  }

  /// The first blocks of all frames, then their second ones, and so on; each by level.
  private(set) var rounds: [[Part]] = []
  private let radix: Int
  private let sizes: [Int]

  init(radix: Int, levels: Int) {
    self.radix = radix
    var sizes = [1]
    for _ in 1..<max(levels, 1) { sizes.append(sizes[sizes.count - 1] * radix) }
    self.sizes = sizes
  }

  /// Covers the frames of `places`.
  mutating func cover(_ places: Range<Int>, _ ranges: (Int) -> [Range<Int>]) {
    rounds.removeAll(keepingCapacity: true)
    for place in places {
      var round = 0
      for range in ranges(place) {
        var start = range.lowerBound
        while start < range.upperBound {
          var level = 0
          while level + 1 < sizes.count, start % sizes[level + 1] == 0,
            start + sizes[level + 1] <= range.upperBound
          {
            level += 1
          }
          add(Int32(start / sizes[level]), of: level, to: place, in: round)
          start += sizes[level]
          round += 1
        }
      }
    }
  }

  private mutating func add(_ block: Int32, of level: Int, to place: Int, in round: Int) {
    if round == rounds.count { rounds.append(sizes.map { _ in Part() }) }
    rounds[round][level].blocks.append(block)
    rounds[round][level].places.append(UInt32(place))
  }
}
