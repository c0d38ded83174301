/// Where a message arrives: a socket of one role.
enum Channel: UInt8, CaseIterable {
  case rosterToVentilator
  case orders
  case receiptsToVentilator
  case rosterToSink
  case results
  case beats
  case receiptsToSupervisor
  case rosterToWorker
  case lane
}
