# A dynamic name that is null leaves the attribute out.
{
  a = 1;
  ${null} = 2;
  ${if true then null else "b"} = throw "not looked at";
}
