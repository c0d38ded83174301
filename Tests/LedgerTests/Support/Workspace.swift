import Foundation
import Ledger
import PipelineCore

/// A directory of a test's own; removed with it.
final class Workspace: Sendable {
  let path: String

  init() throws {
    var template = Array("\(NSTemporaryDirectory())/millrace-ledger-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      print("\(path): \(error)")
    }
  }

  /// A catalog in this directory, which is made with its first run.
  var catalog: RunCatalog {
    get throws { try RunCatalog(directory: path + "/state/runs") }
  }

  /// A ledger of its own, without a catalog.
  func ledger(_ record: RunRecord = .sample(), at: Int64 = RunRecord.begin) throws -> Ledger {
    try Ledger.create(at: path + "/ledger.sqlite", record, session: .sample(at: at))
  }

  /// The same ledger as others see it.
  func reopened(readOnly: Bool = true) throws -> Ledger {
    try Ledger(opening: path + "/ledger.sqlite", readOnly: readOnly)
  }

  /// Bytes of that ledger's file.
  func sizeOfLedger() throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path + "/ledger.sqlite")[.size] as? Int ?? -1
  }
}
