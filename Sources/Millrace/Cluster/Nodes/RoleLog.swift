import Foundation
import Logging

/// What a role of a cluster tells people: a plain line on standard error for each thing, with the time in
/// UTC, the level and what happened.
struct RoleLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level

  /// A logger of that kind.
  static func logger(_ role: String, level: Logger.Level = .info) -> Logger {
    Logger(label: role) { _ in RoleLog(logLevel: level) }
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\(Self.shown("\($0.value)"))" }
    let lines = "\(event.message)".split(separator: "\n", omittingEmptySubsequences: false)
    let level = event.level.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0)
    var text = "\(Self.now) \(level) \(lines[0])\(details.joined())"
    for line in lines.dropFirst() { text += "\n    \(line)" }
    StandardError.write(text)
  }

  /// A value that would be read as two is put in quotes.
  private static func shown(_ value: String) -> String {
    let isPlain = !value.isEmpty && value.unicodeScalars.allSatisfy { $0.value > 32 && $0 != "\"" }
    return isPlain ? value : JSONObject.quoted(value)
  }

  /// `2026-11-21T20:56:12.345Z`.
  private static var now: String {
    Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
