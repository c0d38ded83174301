#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What a ventilator made of a topology and its source.
package struct Plan: Sendable, Equatable {
  /// 16 hexadecimal digits, in lower case, of all that the result depends on.
  package var fingerprint: String
  /// For people: the files, their sizes, the stages' names, as one JSON object.
  package var json: String
  /// A stage specification as lanes carry it.
  package var specification: [UInt8]
  /// The source has no more partitions than this; `UInt32.max` where that is not told.
  package var maximumPartitions: UInt32

  package init(
    fingerprint: String, json: String, specification: [UInt8],
    maximumPartitions: UInt32 = .max
  ) {
    self.fingerprint = fingerprint
    self.json = json
    self.specification = specification
    self.maximumPartitions = maximumPartitions
  }

  init(_ proto: ProtoPlan, _ check: FieldCheck) throws(WireError) {
    let digits = proto.fingerprint.utf8
    guard digits.count == 16,
      digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else { throw check.fail("the plan's fingerprint is not 16 hexadecimal digits") }
    guard !proto.specification.isEmpty else { throw check.fail("the plan has no specification") }
    self.init(
      fingerprint: proto.fingerprint, json: proto.json,
      specification: [UInt8](proto.specification),
      maximumPartitions: proto.maximumPartitions == 0 ? .max : proto.maximumPartitions)
  }
}

extension ProtoPlan {
  init(_ value: Plan) {
    self.init()
    fingerprint = value.fingerprint
    json = value.json
    specification = Data(value.specification)
    maximumPartitions = value.maximumPartitions == .max ? 0 : value.maximumPartitions
  }
}
