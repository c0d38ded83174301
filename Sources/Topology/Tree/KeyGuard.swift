/// Finds keys that are not plain names before the YAML parser sees them.
///
/// The parser hashes the keys of each mapping. A key that is a tree, above all one built from
/// aliases of aliases, is hashed as often as it is referred to, which takes exponential time. No
/// topology needs such keys, so what looks like one is refused. The search works on bytes, without
/// knowing YAML: it finds all such keys and, in theory, text that only looks like one.
enum KeyGuard {
  /// Offset of the first explicit key, or of the first composed or aliased key of a text that has
  /// anchors; `nil` when there is none.
  static func firstComplexKey(in bytes: [UInt8]) -> Int? {
    let anchors = Set(references(in: bytes, marker: UInt8(ascii: "&")).map(\.name))
    let aliases = references(in: bytes, marker: UInt8(ascii: "*")).filter {
      anchors.contains($0.name)
    }
    let aliasEnds = Dictionary(
      aliases.map { ($0.end, $0.start) }, uniquingKeysWith: { first, _ in first })
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "?") where isExplicitKey(bytes, at: offset): return offset
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        if !aliases.isEmpty, isFollowedByColon(bytes, after: offset + 1) { return offset }
      default: break
      }
      if let start = aliasEnds[offset + 1], isFollowedByColon(bytes, after: offset + 1) {
        return start
      }
    }
    return nil
  }

  private struct Reference {
    var start: Int
    var end: Int
    var name: ArraySlice<UInt8>
  }

  /// All of `&name` or `*name` that stand where a node could begin.
  private static func references(in bytes: [UInt8], marker: UInt8) -> [Reference] {
    var found: [Reference] = []
    for (offset, byte) in bytes.enumerated() where byte == marker {
      guard offset == 0 || isBeforeNode(bytes[offset - 1]) else { continue }
      let name = bytes[(offset + 1)...].prefix(while: isNameByte)
      if !name.isEmpty { found.append(Reference(start: offset, end: name.endIndex, name: name)) }
    }
    return found
  }

  /// Whether the `?` at `offset` has a blank after it, and before it the start of the line, dashes
  /// of a list, or the start of an item of a flow collection.
  private static func isExplicitKey(_ bytes: [UInt8], at offset: Int) -> Bool {
    if offset + 1 < bytes.count, !isBlank(bytes[offset + 1]) { return false }
    var before = offset - 1
    while before >= 0, bytes[before] == UInt8(ascii: " ") || bytes[before] == UInt8(ascii: "\t") {
      before -= 1
    }
    guard before >= 0 else { return true }
    switch bytes[before] {
    case UInt8(ascii: "-"), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","): return true
    default: return isBlank(bytes[before])
    }
  }

  private static func isFollowedByColon(_ bytes: [UInt8], after offset: Int) -> Bool {
    let rest = bytes[offset...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    return rest.first == UInt8(ascii: ":")
  }

  private static func isBeforeNode(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: ","), UInt8(ascii: ":"): true
    default: isBlank(byte)
    }
  }

  /// Blanks and line breaks; a byte of a character beyond ASCII counts, as some break lines.
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte >= 0x80 || [0x20, 0x09, 0x0A, 0x0D].contains(byte)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
