import Foundation
import Ledger
import PipelineCore
import Runtime

extension RunStorage.QuarantinedSlice {
  /// Which part of the source it is.
  var place: QuarantineRecord.Slice {
    switch self {
    case .file(let index, let offset, _): .file(index: index, offset: offset)
    case .range(let from, let count, let payload):
      .range(from: from, count: count, payload: payload)
    }
  }
}

extension QuarantineRecord {
  /// The partition with its bytes, as they were kept.
  ///
  /// - Throws: ``LedgerError`` when they are not there.
  func contents(in files: RunFiles) throws(LedgerError) -> RunStorage.QuarantinedSlice {
    switch slice {
    case .range(let from, let count, let payload):
      return .range(from: from, count: count, payload: payload)
    case .file(let index, let offset):
      let index32 = quarantined.partition.index
      guard let bytes else {
        throw LedgerError(
          .damaged,
          "the bytes of partition \(index32) could not be kept: its file had changed or was gone")
      }
      let path = "\(files.directory)/\(bytes)"
      do {
        return .file(
          index: index, offset: offset,
          bytes: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
      } catch {
        throw LedgerError(
          .damaged,
          "\(path): the bytes of partition \(index32) cannot be read: "
            + error.localizedDescription)
      }
    }
  }
}
