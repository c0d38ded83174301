import Foundation
import Ledger

/// A run of the catalog on one line.
struct RunText {
  private let entry: RunEntry

  init(_ entry: RunEntry) { self.entry = entry }

  /// For people.
  var line: String {
    let id = entry.id.padding(toLength: max(entry.id.count, 44), withPad: " ", startingAt: 0)
    let word = entry.status.word.padding(toLength: 11, withPad: " ", startingAt: 0)
    guard let record = entry.record else {
      if case .damaged(let error) = entry.status { return "\(id)  \(word)  \(error.message)" }
      return "\(id)  \(word)"
    }
    return
      "\(id)  \(word)  \(Self.time(record.created))  \(Quantity.count(entry.storedPartitions)) stored"
  }

  /// For programs.
  var json: JSONObject {
    var object = JSONObject(event: "run")
    object.set("run", entry.id)
    object.set("state", entry.status.word)
    if case .running(let holder) = entry.status { object.set("holder", holder.description) }
    if case .damaged(let error) = entry.status { object.set("reason", error.message) }
    object.set("directory", entry.files.directory)
    object.set("stored", entry.storedPartitions)
    object.set("sessions", entry.sessions)
    if let record = entry.record {
      object.set("topology", record.topology)
      object.set("path", record.path)
      object.set("created", record.created)
      object.set("workers", record.workers)
      object.set("version", record.version)
      object.set("durability", record.durability.rawValue)
    }
    return object
  }

  /// A moment in milliseconds since 1970, as `2026-11-21 20:56:12` in UTC.
  static func time(_ milliseconds: Int64) -> String {
    let style = Date.ISO8601FormatStyle(
      dateSeparator: .dash, dateTimeSeparator: .space, timeSeparator: .colon)
    return Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(
      style.year().month().day().dateSeparator(.dash).dateTimeSeparator(.space).time(
        includingFractionalSeconds: false))
  }
}
