import Formats
import Foundation
import Operators
import Query
import Topology

/// Reads the tables of a topology, which travel whole with the queries that name them.
struct TablePlanner {
  /// Bytes that all tables of a topology may have together.
  static let mostBytes = 32 << 20

  private let topology: Topology

  init(_ topology: Topology) { self.topology = topology }

  /// The tables, in the topology's order.
  ///
  /// - Throws: what is wrong with one of them, with its place.
  func tables() throws(TopologyErrors) -> [SQLTable] {
    var tables: [SQLTable] = []
    var left = Int64(Self.mostBytes)
    for table in topology.tables {
      let path = try topology.resolveFile(of: table)
      let input = try table.source.planned([path], called: "table '\(table.name)'")
      let file = input.files[0]
      left -= file.size
      guard left >= 0 else {
        throw TopologyErrors(
          "the tables have more than \(Self.mostBytes >> 20) MiB together; they are for small files "
            + "that every worker holds whole: make the largest the source, or leave columns out",
          at: table.position)
      }
      do throws(SourceError) {
        tables.append(
          SQLTable(
            name: table.name, format: InputFormat(table.source), schema: input.schema,
            records: Data(try input.records(ofFile: 0))))
      } catch {
        throw TopologyErrors(error.message, at: TopologyPosition(file: error.path))
      }
    }
    return tables
  }
}
