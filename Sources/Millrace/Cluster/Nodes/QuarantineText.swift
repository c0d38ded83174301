import Foundation
import Ledger
import PipelineCore

/// A partition in quarantine as a ventilator tells it to its supervisor: one JSON object.
struct QuarantineText: Codable {
  private var stage: UInt32
  private var index: UInt32
  private var attempts: UInt16
  private var kind: UInt8
  private var message: String
  private var file: Int32
  private var offset: Int64
  private var field: UInt32
  /// As the ledger writes it.
  private var slice: String

  init(_ given: Quarantined, _ place: QuarantineRecord.Slice) {
    stage = given.partition.stage
    index = given.partition.index
    attempts = given.attempts
    kind = given.failure.kind.rawValue
    message = given.failure.message
    file = given.failure.file
    offset = given.failure.offset
    field = given.failure.field
    slice = place.text
  }

  /// Reads the object.
  ///
  /// - Throws: ``ClusterError``.
  init(json: String) throws(ClusterError) {
    do {
      self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    } catch {
      throw ClusterError("what a ventilator tells of quarantine was not understood: \(error)")
    }
  }

  /// The object, on one line.
  ///
  /// - Throws: ``ClusterError``.
  func json() throws(ClusterError) -> String {
    do {
      return String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    } catch {
      throw ClusterError("partition \(index) in quarantine cannot be told of: \(error)")
    }
  }

  /// What it stands for.
  ///
  /// - Throws: ``ClusterError`` when it stands for nothing.
  func record() throws(ClusterError) -> (Quarantined, QuarantineRecord.Slice) {
    guard let kind = Failure.Kind(rawValue: kind), let slice = QuarantineRecord.Slice(text: slice),
      attempts >= 1
    else { throw ClusterError("a partition in quarantine is told of that cannot be") }
    return (
      Quarantined(
        partition: PartitionID(stage: stage, index: index), attempts: attempts,
        failure: Failure(kind, message, file: file, offset: offset, field: field)),
      slice
    )
  }
}
