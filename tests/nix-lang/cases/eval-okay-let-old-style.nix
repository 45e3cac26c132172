# The old form of let: a rec set whose `body` is the value.
let {
  a = 1;
  body = a + 1;
}
