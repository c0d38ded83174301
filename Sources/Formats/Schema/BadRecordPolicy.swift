/// What becomes of a record that cannot be read as the schema says (`on_bad_record`).
package enum BadRecordPolicy: String, Codable, Sendable, Equatable, CaseIterable {
  /// The run fails and names the record.
  case fail
  /// The record is left out and counted.
  case skip
}
