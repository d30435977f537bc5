CREATE TABLE "OrderItems" ("orderId" integer NOT NULL PRIMARY KEY, "HTTPStatus" integer, "Line No" varchar(10), CONSTRAINT "CK_Positive" CHECK ("HTTPStatus" > 0));
INSERT INTO "OrderItems" VALUES (1, 200, 'a');
