import Foundation
import Ledger
import PipelineCore
import Testing

@testable import Millrace

@Suite struct QuarantineTextTests {
  private static let given = Quarantined(
    partition: PartitionID(stage: 0, index: 7), attempts: 4,
    failure: Failure(.data, "not a \"number\"", file: 1, offset: 4096, field: 3))

  @Test(arguments: [
    QuarantineRecord.Slice.file(index: 1, offset: 1 << 40, length: 16, digest: .max),
    .range(from: -5, count: 10, payload: 64),
  ])
  func whatIsToldIsUnderstood(_ slice: QuarantineRecord.Slice) throws {
    let json = try QuarantineText(Self.given, slice).json()
    #expect(!json.contains("\n"))
    let (given, place) = try QuarantineText(json: json).record()
    #expect(given == Self.given)
    #expect(place == slice)
  }

  @Test func whatIsNotUnderstoodIsRefused() throws {
    let good = try QuarantineText(Self.given, .range(from: 0, count: 1, payload: 0)).json()
    for bad in [
      "", "{}", good.replacingOccurrences(of: "range 0 1 0", with: "range"),
      good.replacingOccurrences(of: "\"attempts\":4", with: "\"attempts\":0"),
      good.replacingOccurrences(of: "\"attempts\":4", with: "\"attempts\":-1"),
    ] {
      #expect(throws: ClusterError.self) { try QuarantineText(json: bad).record() }
    }
  }
}
