import Columnar

/// Finds the places that a window function looks at for each place.
struct FrameFinder {
  private let frame: WindowFrame
  private let rows: OrderedRows
  private let key: ColumnVector?
  private let isDescending: Bool

  /// - Parameter key: the order's only key in the window's order, where distances are of values.
  init(_ frame: WindowFrame, _ rows: OrderedRows, key: ColumnVector?, isDescending: Bool) {
    self.frame = frame
    self.rows = rows
    self.key = key
    self.isDescending = isDescending
  }

  /// Whether every place of a partition has all of it as its frame.
  var isWholePartition: Bool {
    if frame.exclusion != .none { return false }
    guard frame.start == .unboundedPreceding else { return false }
    if frame.end == .unboundedFollowing { return true }
    // Without an order all rows of a partition are equal.
    return frame.unit == .range && frame.end == .currentRow
      && rows.peers.count == rows.partitions.count
  }

  /// The ranges of places for `place`, ascending, none empty.
  func ranges(_ place: Int) -> [Range<Int>] {
    let all = rows.partitionRange(place)
    let start = min(max(self.start(place, all), all.lowerBound), all.upperBound)
    let end = max(min(self.end(place, all), all.upperBound), start)
    let whole = start..<end
    switch frame.exclusion {
    case .none: return whole.isEmpty ? [] : [whole]
    case .currentRow: return whole.removing(place..<place + 1)
    case .group: return whole.removing(rows.peerRange(place))
    case .ties:
      let peers = rows.peerRange(place)
      return whole.removing(peers.lowerBound..<place).flatMap {
        $0.removing(place + 1..<peers.upperBound)
      }
    }
  }

  private func start(_ place: Int, _ all: Range<Int>) -> Int {
    switch frame.start {
    case .unboundedPreceding: all.lowerBound
    case .unboundedFollowing: all.upperBound
    case .currentRow: frame.unit == .rows ? place : rows.peerRange(place).lowerBound
    case .preceding(let distance): bound(place, all, distance, sign: -1, isStart: true)
    case .following(let distance): bound(place, all, distance, sign: 1, isStart: true)
    }
  }

  private func end(_ place: Int, _ all: Range<Int>) -> Int {
    switch frame.end {
    case .unboundedPreceding: all.lowerBound
    case .unboundedFollowing: all.upperBound
    case .currentRow: frame.unit == .rows ? place + 1 : rows.peerRange(place).upperBound
    case .preceding(let distance): bound(place, all, distance, sign: -1, isStart: false)
    case .following(let distance): bound(place, all, distance, sign: 1, isStart: false)
    }
  }

  private func bound(
    _ place: Int, _ all: Range<Int>, _ distance: Expression, sign: Int, isStart: Bool
  ) -> Int {
    switch frame.unit {
    case .rows:
      let target = place.addingClamped(sign * distance.wholeNumber)
      return isStart ? target : target.addingClamped(1)
    case .groups:
      let first = Int(rows.peer[all.lowerBound])
      let last = Int(rows.peer[all.upperBound - 1])
      let target = Int(rows.peer[place]).addingClamped(sign * distance.wholeNumber)
      if target < first { return all.lowerBound }
      if target > last { return all.upperBound }
      return isStart ? rows.peers[target] : rows.peers[target + 1]
    case .range: return valueBound(place, all, distance, sign: sign, isStart: isStart)
    }
  }

  /// Where the values end that are within a distance of this place's.
  private func valueBound(
    _ place: Int, _ all: Range<Int>, _ distance: Expression, sign: Int, isStart: Bool
  ) -> Int {
    guard let key else { preconditionFailure("a distance of values needs their key") }
    // NULLs are equal to each other and at no distance from anything else.
    if key.isNull(place) {
      let peers = rows.peerRange(place)
      return isStart ? peers.lowerBound : peers.upperBound
    }
    var known = all
    while known.lowerBound < known.upperBound, key.isNull(known.lowerBound) {
      known = rows.peerRange(known.lowerBound).upperBound..<known.upperBound
    }
    while known.lowerBound < known.upperBound, key.isNull(known.upperBound - 1) {
      known = known.lowerBound..<rows.peerRange(known.upperBound - 1).lowerBound
    }
    let direction = isDescending ? -sign : sign
    if key.type == .double {
      let values = key.values(as: Double.self)
      let limit = values[place] + Double(direction) * distance.realNumber
      return search(known, isStart) { Self.compare(values[$0], limit) }
    }
    let limit = number(key, place) + Int128(direction) * Int128(distance.wholeNumber)
    return search(known, isStart) { place in
      let value = number(key, place)
      return value < limit ? -1 : value > limit ? 1 : 0
    }
  }

  private func number(_ key: ColumnVector, _ place: Int) -> Int128 {
    key.type == .integer
      ? Int128(key.values(as: Int32.self)[place]) : Int128(key.values(as: Int64.self)[place])
  }

  /// NaN equals itself and is above all else, as in PostgreSQL.
  private static func compare(_ value: Double, _ limit: Double) -> Int {
    if Double.isEqual(value, limit) { return 0 }
    return Double.isLess(value, limit) ? -1 : 1
  }

  /// The first place that is not before the limit, or for an end the first that is after it.
  private func search(_ places: Range<Int>, _ isStart: Bool, _ compare: (Int) -> Int) -> Int {
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      let order = isDescending ? -compare(middle) : compare(middle)
      if isStart ? order < 0 : order <= 0 { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Range where Bound == Int {
  /// What is left without `other`: none, one or two ranges, none empty.
  fileprivate func removing(_ other: Range<Int>) -> [Range<Int>] {
    let hole = other.clamped(to: self)
    if hole.isEmpty { return isEmpty ? [] : [self] }
    return [lowerBound..<hole.lowerBound, hole.upperBound..<upperBound].filter { !$0.isEmpty }
  }
}

extension Int {
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other > 0 ? .max : .min) : sum
  }
}

extension Expression {
  /// The value of a distance in whole numbers.
  fileprivate var wholeNumber: Int {
    guard case .literal(.integer(let value), _) = self else {
      preconditionFailure("the binder lets only constants be distances")
    }
    return Int(value)
  }

  /// The value of a distance in real numbers.
  fileprivate var realNumber: Double {
    guard case .literal(.double(let value), _) = self else {
      preconditionFailure("the binder lets only constants be distances")
    }
    return value
  }
}
