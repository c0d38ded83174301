/// Time zones that are a fixed distance from UTC, as seconds east of it. Zones with a history, such
/// as Europe/Berlin, are not known: what they mean depends on a database that changes.
package enum ZoneOffset {
  private static let names: Set<String> = [
    "utc", "gmt", "z", "zulu", "ut", "uct", "universal", "greenwich", "etc/utc", "etc/gmt",
    "etc/uct", "etc/zulu", "etc/universal", "etc/greenwich",
  ]

  /// The offset that `AT TIME ZONE` takes a text for: a name of UTC, or POSIX's form of a name or
  /// nothing followed by hours *west* of UTC, as in `+02`, `UTC+2` and `-03:30`.
  package static func posix(_ text: String) -> Int? {
    if names.contains(text.lowercased()) { return 0 }
    let bytes = Array(text.utf8)
    var position = 0
    if bytes.first == UInt8(ascii: "<") {
      guard let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
      position = end + 1
    } else {
      while position < bytes.count, bytes[position] &- 0x30 > 9,
        !"+-,".utf8.contains(bytes[position])
      {
        position += 1
      }
    }
    guard position < bytes.count else { return nil }
    let isEast = bytes[position] == UInt8(ascii: "-")
    if isEast || bytes[position] == UInt8(ascii: "+") { position += 1 }
    // A week's hours, as in PostgreSQL.
    guard let seconds = colonSeparated(bytes[position...], digits: 1...3, mostHours: 167) else {
      return nil
    }
    return isEast ? seconds : -seconds
  }

  /// The offset that `make_timestamptz` takes a text for: with a sign first, hours *east* of UTC,
  /// otherwise as ``posix(_:)``.
  package static func signed(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, "+-".utf8.contains(first) else {
      guard let first = bytes.first, first &- 0x30 > 9 else { return nil }
      return posix(text)
    }
    var digits = bytes.dropFirst()
    if digits.count == 4, digits.allSatisfy({ $0 &- 0x30 < 10 }) {
      digits.insert(UInt8(ascii: ":"), at: digits.startIndex + 2)
    }
    guard let seconds = colonSeparated(digits, digits: 1...2, mostHours: 15) else { return nil }
    return first == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// `h[:m[:s]]` as seconds.
  private static func colonSeparated(
    _ bytes: ArraySlice<UInt8>, digits: ClosedRange<Int>, mostHours: Int
  ) -> Int? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count <= 3 else { return nil }
    var seconds = 0
    for (part, (unit, most)) in zip(parts, [(3600, mostHours), (60, 59), (1, 59)]) {
      guard digits.contains(part.count), part.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
      let value = part.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      guard value <= most else { return nil }
      seconds += value * unit
    }
    return seconds
  }
}
