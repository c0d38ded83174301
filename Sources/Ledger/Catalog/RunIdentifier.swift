#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Ids of runs: `YYYYMMDD-HHMMSS-NAME-xxxx`, so that their order is that of time.
enum RunIdentifier {
  /// Bytes that are kept of a topology's name.
  static let maximumName = 40

  /// An id for a run that is created now.
  ///
  /// - Parameters:
  ///   - topology: the topology's name; anything.
  ///   - created: milliseconds since 1970, within the years 1970 to 9999.
  ///   - random: tells runs of the same second apart.
  static func make(topology: String, created: Int64, random: UInt16) -> String {
    var seconds = time_t(max(0, min(created, 253_402_300_799_999)) / 1000)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let date =
      digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2) + digits(parts.tm_mday, 2)
    let time = digits(parts.tm_hour, 2) + digits(parts.tm_min, 2) + digits(parts.tm_sec, 2)
    let hex = String(random, radix: 16)
    let suffix = String(repeating: "0", count: 4 - hex.count) + hex
    return "\(date)-\(time)-\(reduced(topology))-\(suffix)"
  }

  /// Whether a directory of this name is a run's.
  static func isValid(_ name: String) -> Bool {
    let bytes = Array(name.utf8)
    guard (22...21 + maximumName).contains(bytes.count) else { return false }
    let count = bytes.count
    return bytes[0..<8].allSatisfy(isDigit) && bytes[8] == dash && bytes[9..<15].allSatisfy(isDigit)
      && bytes[15] == dash && bytes[16..<count - 5].allSatisfy { isPlain($0) || $0 == dash }
      && bytes[count - 5] == dash
      && bytes[(count - 4)...].allSatisfy { isDigit($0) || (97...102).contains($0) }
  }

  /// The part of an id that tells the second: the order of these texts is that of time.
  static func second(of id: String) -> Substring { id.prefix(15) }

  /// A name reduced to `a-z`, `0-9` and single dashes; `run` when nothing is left of it.
  static func reduced(_ name: String) -> String {
    var bytes: [UInt8] = []
    for byte in name.lowercased().utf8 where bytes.count < maximumName {
      if isPlain(byte) {
        bytes.append(byte)
      } else if let last = bytes.last, last != dash {
        bytes.append(dash)
      }
    }
    if bytes.last == dash { bytes.removeLast() }
    return bytes.isEmpty ? "run" : String(decoding: bytes, as: UTF8.self)
  }

  private static let dash = UInt8(ascii: "-")

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func isPlain(_ byte: UInt8) -> Bool { isDigit(byte) || (97...122).contains(byte) }

  private static func digits(_ number: Int32, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
