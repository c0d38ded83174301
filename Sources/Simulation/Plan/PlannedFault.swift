/// A fault and its time, in nanoseconds of virtual time.
struct PlannedFault {
  var time: Int64
  var fault: Fault
}
