import Formats

/// How the work of a SELECT is divided between workers and sink.
package enum SQLStrategy: Sendable, Equatable {
  /// Workers render rows; the sink joins the bytes.
  case render
  /// Workers compute rows; the sink renders them.
  case collect
  /// Workers find distinct rows; the sink merges, sorts and renders them.
  case distinct
  /// Workers sort rows; the sink merges the runs and renders them.
  case sort
  /// Workers aggregate; the sink merges the states, and filters, projects, sorts and renders.
  case group

  /// The strategy for a plan whose result is rendered in `output`, or goes on as rows.
  init(_ plan: SelectPlan, output: OutputFormat?) {
    if plan.grouping != nil {
      self = .group
    } else if plan.distinct {
      self = .distinct
    } else if !plan.order.isEmpty || plan.distinctOn != nil {
      self = .sort
    } else if output == nil || plan.offset > 0 || output == .table
      || (output == .text && plan.limit != nil)
    {
      // Which rows to skip and how wide a table's columns are is known at the sink only; and rows
      // of plain text, which may hold newlines, cannot be counted once they are text.
      self = .collect
    } else {
      self = .render
    }
  }
}
