import Columnar

extension Kernels {
  /// The kernels of text functions that look for characters or pieces and change or cut them.
  static func searching(
    _ function: Function, _ arguments: [ColumnType], _ type: ColumnType
  ) -> KernelRecipe? {
    guard type == .text else { return nil }
    switch (function, arguments) {
    case (.replace, [.text, .text, .text]):
      return texts { try replaced($0.text(0, $1), $0.text(1, $1), $0.text(2, $1), $0.arena) }
    case (.translate, [.text, .text, .text]):
      return texts { try translated($0.text(0, $1), $0.text(1, $1), $0.text(2, $1), $0.arena) }
    case (.trim, [.text, .text]):
      return texts { trimmed($0.text(0, $1), $0.text(1, $1), leading: true, trailing: true) }
    case (.trimLeading, [.text, .text]):
      return texts { trimmed($0.text(0, $1), $0.text(1, $1), leading: true, trailing: false) }
    case (.trimTrailing, [.text, .text]):
      return texts { trimmed($0.text(0, $1), $0.text(1, $1), leading: false, trailing: true) }
    case (.lpad, [.text, .integer, .text]):
      return texts {
        try padded($0.text(0, $1), $0.integer(1, $1), $0.text(2, $1), $0.arena, left: true)
      }
    case (.rpad, [.text, .integer, .text]):
      return texts {
        try padded($0.text(0, $1), $0.integer(1, $1), $0.text(2, $1), $0.arena, left: false)
      }
    case (.splitPart, [.text, .text, .integer]):
      return texts { call, row in
        let field = call.integer(2, row)
        if field == 0 { throw EvaluationError(row: row, "field position must not be zero") }
        return piece(Int(field), of: call.text(0, row), by: call.text(1, row))
      }
    default: return nil
    }
  }

  private static func replaced(
    _ text: StringView, _ wanted: StringView, _ replacement: StringView, _ arena: ByteArena
  ) throws -> StringView {
    guard wanted.length > 0, var found = text.firstOffset(of: wanted) else { return text }
    var places: [Int] = []
    while true {
      places.append(found)
      guard let next = text.firstOffset(of: wanted, from: found + Int(wanted.length)) else { break }
      found = next
    }
    let growth = places.count * (Int(replacement.length) - Int(wanted.length))
    var builder = try TextBuilder(arena, capacity: Int(text.length) + growth)
    var copied = 0
    for place in places {
      builder.append(text.start + copied, place - copied)
      builder.append(replacement)
      copied = place + Int(wanted.length)
    }
    builder.append(text.start + copied, Int(text.length) - copied)
    return builder.view
  }

  private static func translated(
    _ text: StringView, _ from: StringView, _ to: StringView, _ arena: ByteArena
  ) throws -> StringView {
    let (from, to) = (from.scalars, to.scalars)
    let scalars = text.scalars
    var builder = try TextBuilder(arena, capacity: scalars.count * 4)
    for scalar in scalars {
      guard let index = from.firstIndex(of: scalar) else {
        builder.append(scalar)
        continue
      }
      if index < to.count { builder.append(to[index]) }
    }
    return builder.view
  }

  private static func trimmed(
    _ text: StringView, _ characters: StringView, leading: Bool, trailing: Bool
  ) -> StringView {
    var start = 0
    var end = Int(text.length)
    while leading, start < end {
      let length = text.scalarLength(at: start)
      guard contains(characters, text.part(start..<start + length)) else { break }
      start += length
    }
    while trailing, start < end {
      var last = end - 1
      while last > start, StringView.isContinuation(text.start[last]) { last -= 1 }
      guard contains(characters, text.part(last..<end)) else { break }
      end = last
    }
    return text.part(start..<end)
  }

  private static func contains(_ characters: StringView, _ character: StringView) -> Bool {
    var offset = 0
    while offset < Int(characters.length) {
      let length = characters.scalarLength(at: offset)
      if characters.part(offset..<offset + length) == character { return true }
      offset += length
    }
    return false
  }

  private static func padded(
    _ text: StringView, _ width: Int32, _ fill: StringView, _ arena: ByteArena, left: Bool
  ) throws -> StringView {
    let wanted = max(Int(width), 0)
    let count = text.scalarCount
    let filling = fill.scalarCount
    if count >= wanted { return text.part(0..<text.offset(afterScalars: wanted)) }
    if filling == 0 { return text }
    let missing = wanted - count
    let rest = fill.offset(afterScalars: missing % filling)
    var builder = try TextBuilder(
      arena, capacity: Int(text.length) + missing / filling * Int(fill.length) + rest)
    if !left { builder.append(text) }
    for _ in 0..<missing / filling { builder.append(fill) }
    builder.append(fill.start, rest)
    if left { builder.append(text) }
    return builder.view
  }

  private static func piece(_ field: Int, of text: StringView, by delimiter: StringView)
    -> StringView
  {
    guard delimiter.length > 0, text.length > 0 else {
      return field == 1 || field == -1 ? text : .empty
    }
    var wanted = field
    if field < 0 {
      var pieces = 1
      var offset = 0
      while let found = text.firstOffset(of: delimiter, from: offset) {
        pieces += 1
        offset = found + Int(delimiter.length)
      }
      wanted = pieces + 1 + field
      if wanted < 1 { return .empty }
    }
    var start = 0
    while true {
      let end = text.firstOffset(of: delimiter, from: start)
      if wanted == 1 { return text.part(start..<(end ?? Int(text.length))) }
      guard let end else { return .empty }
      start = end + Int(delimiter.length)
      wanted -= 1
    }
  }
}
