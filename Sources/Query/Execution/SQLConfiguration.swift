package import Formats
package import Operators

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// All that an SQL stage is made from; travels to the workers as JSON.
package struct SQLConfiguration: Codable, Sendable, Equatable {
  /// One SELECT over `input`.
  package var sql: String
  /// How the input's bytes become records.
  package var input: InputFormat
  /// The input's columns.
  package var schema: InputSchema
  /// How result rows are written.
  package var output: OutputFormat
  /// The tables that the query may name, whole.
  package var tables: [SQLTable]

  /// The configuration of a stage.
  package init(
    sql: String, input: InputFormat, schema: InputSchema, output: OutputFormat,
    tables: [SQLTable] = []
  ) {
    self.sql = sql
    self.input = input
    self.schema = schema
    self.output = output
    self.tables = tables
  }

  /// Reads what ``encoded()`` gave.
  ///
  /// - Throws: ``OperatorError`` with code `configuration` for anything else.
  package init(decoding bytes: [UInt8]) throws(OperatorError) {
    do {
      self = try JSONDecoder().decode(SQLConfiguration.self, from: Data(bytes))
    } catch {
      throw OperatorError(
        .configuration,
        "the configuration of an SQL stage cannot be read (\(error)); are all processes of the "
          + "same version?")
    }
  }

  /// The configuration as bytes, the same for equal configurations.
  ///
  /// - Throws: ``OperatorError`` with code `configuration` when it cannot be written.
  package func encoded() throws(OperatorError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
      return Array(try encoder.encode(self))
    } catch {
      throw OperatorError(
        .configuration, "the configuration of an SQL stage cannot be written: \(error)")
    }
  }
}
