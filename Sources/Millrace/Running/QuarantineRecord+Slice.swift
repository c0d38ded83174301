import Foundation
import Ledger
import PipelineCore
import Runtime
import Wire

extension RunStorage.QuarantinedSlice {
  /// Which part of the source it is.
  var place: QuarantineRecord.Slice {
    switch self {
    case .file(let index, let offset, let length, let bytes):
      .file(
        index: index, offset: offset, length: length,
        digest: bytes.map { $0.withUnsafeBytes { Digest.xxh3($0) } } ?? Digest.empty)
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
    case .file(let index, let offset, let length, let digest):
      let partition = quarantined.partition.index
      guard let name = bytes else {
        return .file(index: index, offset: offset, length: length, bytes: nil)
      }
      let path = "\(files.directory)/\(name)"
      let content: [UInt8]
      do {
        content = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
      } catch {
        throw LedgerError(
          .damaged,
          "\(path): the bytes of partition \(partition) cannot be read: \(error.localizedDescription)"
        )
      }
      guard content.count == length, content.withUnsafeBytes({ Digest.xxh3($0) }) == digest else {
        throw LedgerError(
          .damaged,
          "\(path): the bytes of partition \(partition) are not those that were kept; take them from "
            + "the source, \(length) bytes from byte \(offset) on")
      }
      return .file(index: index, offset: offset, length: length, bytes: content)
    }
  }
}
