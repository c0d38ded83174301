import Columnar
import Formats

/// The rows of the topology's tables, and of queries over them; each table is read once.
final class TableRows {
  private let tables: [SQLTable]
  private var read: [Int: Batch] = [:]

  init(_ tables: [SQLTable]) { self.tables = tables }

  /// The rows of a relation that does not read the input.
  ///
  /// - Throws: ``SQLError`` when a table cannot be read or an expression fails.
  func rows(of relation: Relation) throws(SQLError) -> Batch {
    do {
      return try HeldRelation(relation, tables: self).rows(scans: [])
    } catch let error as SQLError {
      throw error
    } catch let error as EvaluationError {
      throw SQLError(position: error.position, error.message)
    } catch {
      throw SQLError(position: nil, "\(error)")
    }
  }

  /// The rows of the table at `index`.
  func rows(ofTable index: Int) throws(SQLError) -> Batch {
    if let batch = read[index] { return batch }
    guard tables.indices.contains(index) else {
      throw SQLError(position: nil, "the plan reads a table that the topology does not have")
    }
    let batch = try tables[index].rows()
    read[index] = batch
    return batch
  }
}
