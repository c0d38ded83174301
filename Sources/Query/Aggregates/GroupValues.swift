import Columnar

/// A value for each group that can be replaced; NULL at first.
///
/// Text that was replaced does not pile up, so that memory stays bounded by groups.
final class GroupValues {
  /// The values.
  let vector: ColumnVector
  private var arena = ByteArena()
  /// Bytes of text that ``vector`` shows; the arena also holds what was replaced.
  private var liveBytes = 0

  /// Values of `type` for no group.
  init(_ type: ColumnType) { vector = ColumnVector(type: type, capacity: 16) }

  /// Makes values for groups up to `groups`.
  func grow(to groups: Int) {
    let count = vector.count
    guard groups > count else { return }
    vector.reserve(groups)
    vector.validity.advanced(by: count).update(repeating: 0, count: groups - count)
    vector.hasNulls = true
    if vector.type == .text {
      vector.values(as: StringView.self).advanced(by: count)
        .update(repeating: .empty, count: groups - count)
    }
    vector.count = groups
  }

  /// Replaces the text of a group; follow with ``compact()`` now and then.
  func set(_ group: Int, text: StringView) {
    let views = vector.values(as: StringView.self)
    liveBytes += Int(text.length) - Int(views[group].length)
    views[group] = arena.copy(text)
    vector.validity[group] = 1
  }

  /// Replaces the value of a group by that in a row of `other`, which has the same type; text is
  /// copied.
  func set(_ group: Int, from other: ColumnVector, row: Int) {
    if other.isNull(row) {
      if vector.type == .text {
        liveBytes -= Int(vector.values(as: StringView.self)[group].length)
      }
      vector.setNull(group)
      return
    }
    switch vector.type {
    case .boolean: set(group, other.values(as: UInt8.self)[row])
    case .integer, .date: set(group, other.values(as: Int32.self)[row])
    case .bigint, .timestamp, .timestamptz: set(group, other.values(as: Int64.self)[row])
    case .double: set(group, other.values(as: Double.self)[row])
    case .numeric: set(group, other.values(as: Numeric.self)[row])
    case .interval: set(group, other.values(as: Interval.self)[row])
    case .text: set(group, text: other.values(as: StringView.self)[row])
    }
  }

  /// Leaves behind the bytes of texts that were replaced, once they are the larger part.
  func compact() {
    guard arena.byteCount > 2 * liveBytes + 1 << 16 else { return }
    let fresh = ByteArena(capacity: liveBytes)
    let views = vector.values(as: StringView.self)
    for group in 0..<vector.count { views[group] = fresh.copy(views[group]) }
    arena = fresh
  }

  /// The values as a vector of its own.
  func copy() -> ColumnVector {
    let copy = vector.slice(0..<vector.count)
    if vector.type == .text { copy.owners.append(arena) }
    return copy
  }

  private func set<Value: BitwiseCopyable>(_ group: Int, _ value: Value) {
    vector.values(as: Value.self)[group] = value
    vector.validity[group] = 1
  }
}
