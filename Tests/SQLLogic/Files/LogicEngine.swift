/// A system that runs the records of SQL tests.
package protocol LogicEngine: AnyObject {
  /// What `skipif` and `onlyif` call it.
  var systems: Set<String> { get }

  /// Carries out a statement that gives no rows.
  func execute(_ sql: String) throws(QueryFailure)

  /// The answer to a query.
  func answer(to sql: String) throws(QueryFailure) -> QueryAnswer
}
